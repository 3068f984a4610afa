"""Words that fictional people, places and notes are made of."""

GIRLS = (
    "Abena Ada Aisha Aisling Alice Alicja Amara Amelia Amina Anaya Angharad Anika Anya Ariana"
    " Ayesha Beatrice Bethan Blessing Bronwen Carys Chantelle Charlotte Chiara Chloe Ciara Daisy"
    " Daniela Deepika Eilidh Ekaterina Elif Eliza Ellie Emma Esther Evie Farah Fatima Ffion Freya"
    " Gabriela Georgia Grace Hana Hannah Harleen Hawa Imogen Ines Iqra Isla Jada Jasmine Jodie"
    " Kadija Kayleigh Keira Khadija Kiran Lauren Layla Leah Lena Lily Lucia Mai Maja Mariam Marta"
    " Maya Megan Mei Mia Molly Nadia Naomi Nia Niamh Nimra Noor Olena Olivia Oluwaseun Paige Phoebe"
    " Poppy Precious Priya Rania Rebecca Rhiannon Ruby Ruth Safiya Sana Scarlett Shanice Shreya"
    " Simran Sofia Summer Tamara Thandiwe Tia Uzma Wen Yasmin Zahra Zara Zofia Zuzanna"
).split()
BOYS = (
    "Aaron Abdul Adam Adewale Ahmed Aidan Ajay Alexandru Alfie Ali Amir Andrei Anton Archie Arjun"
    " Arthur Ayaan Bartosz Ben Bilal Bogdan Callum Charlie Chidi Connor Corey Cristian Daniel Dawid"
    " Dev Diego Dylan Ebrima Edward Eesa Elijah Emmanuel Ethan Farhan Filip Finlay Finn Gethin"
    " George Gurdeep Hamza Haroon Harrison Harry Hassan Henry Hugo Hussein Ibrahim Idris Isaac Ivan"
    " Jack Jacob Jaden Jake Jamal James Jayden Joel Jordan Joseph Joshua Kacper Kai Kamran Kian Kofi"
    " Kwame Lee Leo Lewis Liam Logan Louis Luca Mateusz Max Minh Mohammed Moses Musa Nathan Nikolai"
    " Noah Oisin Oleksandr Oliver Omar Oscar Owen Patrick Rajan Rayan Reece Rhys Riley Rohan Ryan"
    " Sami Samuel Sebastian Sergiu Stefan Tadhg Taylor Theo Thomas Tobias Tomasz Tyler Umar Vikram"
    " Wei William Xavier Yaw Younis Yusuf Zachary Zain"
).split()
FAMILIES = (
    "Abdi Abdullahi Achebe Adams Adebayo Adeyemi Afolabi Ahmed Akhtar Ali Allen Amoah Anderson"
    " Appiah Asante Ashworth Bailey Baker Banerjee Barker Begum Bell Bennett Bianchi Boateng Booth"
    " Bose Bradley Brennan Brooks Brown Burke Butler Byrne Campbell Carter Chan Chapman Chaudhry"
    " Chen Clarke Clayton Coleman Collins Cooper Costa Cox Davies Dawson Desai Dhillon Diallo Dias"
    " Dixon Doherty Douglas Dunne Edwards Ellis Evans Farah Farrell Fernandes Fisher Fletcher Foster"
    " Francis Gallagher Garcia Gibson Gill Gordon Graham Grant Gray Green Grewal Griffiths Gupta"
    " Hall Hamilton Harding Harris Harrison Hart Hassan Hayes Henderson Hill Holmes Hughes Hunt"
    " Hussain Ibrahim Ilieva Iqbal Ismail Jackson James Jenkins Jimoh Johal Johnson Jones Joshi Kaur"
    " Kaya Kelly Kennedy Khan Khatun King Kowalski Kumar Lam Lawson Lee Lewandowski Lewis Li Lloyd"
    " Macdonald Mahmood Malik Marsh Marshall Martin Mason Mbeki McCarthy McKenzie Mehta Mendes Miah"
    " Mills Mitchell Mohamud Molnar Moore Morgan Morris Murphy Murray Mwangi Ncube Nguyen Novak"
    " Nowak Nwosu O'Brien O'Connor O'Neill Obi Odukoya Okafor Okoye Olawale Omar Osei Osman Owen"
    " Owusu Palmer Parker Parry Patel Pearce Pereira Petrov Phillips Popescu Powell Price Quinn"
    " Rahman Rashid Reid Reynolds Richards Roberts Robinson Rogers Rossi Roy Russell Ryan Saleh"
    " Sandhu Santos Sesay Shah Sharma Shevchenko Sidhu Silva Simpson Singh Smith Stewart Sutton"
    " Szabo Tanaka Taylor Thapa Thomas Thompson Tran Tsang Turner Uddin Vaughan Walker Walsh Ward"
    " Watson Webb White Wilkinson Williams Wilson Wojcik Wong Wood Wright Yeboah Yilmaz Young Yusuf"
    " Zaman Zhang"
).split()
SHORTER = {
    "Abdul": "Ab", "Adewale": "Ade", "Alexandru": "Alex", "Amelia": "Millie", "Beatrice": "Bea",
    "Charlotte": "Lottie", "Daniel": "Danny", "Edward": "Ted", "Emmanuel": "Manny",
    "Gabriela": "Gabi", "Georgia": "Georgie", "Harrison": "Harry", "Isaac": "Zac",
    "Jasmine": "Jaz", "Joseph": "Joe", "Joshua": "Josh", "Khadija": "Dija", "Mohammed": "Mo",
    "Nathan": "Nate", "Oleksandr": "Sasha", "Oliver": "Ollie", "Rebecca": "Becca",
    "Rhiannon": "Rhi", "Samuel": "Sam", "Sebastian": "Seb", "Thandiwe": "Thandi",
    "Thomas": "Tommy", "Tomasz": "Tomek", "William": "Billy", "Yasmin": "Yaz", "Zachary": "Zac",
}  # fmt: skip

LANDSCAPE = (
    "Alder Ash Beacon Beech Birch Bracken Bridge Brook Cedar Chapel Cherry Clover Copper Cross Elm"
    " Fern Ferry Field Forest Fountain Garden Grange Green Grove Harbour Hawthorn Hazel Heath Hill"
    " Holly Ivy Jubilee Juniper Kestrel Lake Lark Laurel Lime Linden Lock Maple Meadow Mill Moor Oak"
    " Orchard Park Pine Poplar Quarry Rowan Rush Sandy Spring Station Stone Sycamore Thorn Tower"
    " Valley Walnut Water Well Willow Windmill Wood Yew"
).split()
HOME_FORMS = ("House", "Lodge", "Court", "Cottage", "View")
SCHOOL_FORMS = ("Academy", "High School", "Community School", "College", "Secondary School")

PLACES = (
    "Bus station", "Railway station", "Shopping centre", "Park near home", "Friend's house",
    "School gates", "Leisure centre", "Town centre", "Skate park", "Corner shop", "Canal path",
    "Supermarket car park", "Library", "Relative's home", "At home, went to bed", "Playing field",
)  # fmt: skip
WORRIES = (
    "Has not answered the telephone since leaving and took no coat.",
    "Said before leaving that they would not come back.",
    "Was upset after a call and left without saying where they were going.",
    "Is usually back by nine and has always rung if late.",
    "Has been seen getting into a car that nobody here knows.",
    "Missed the taxi from school and friends do not know where they are.",
    "Needs medicine in the morning and has none with them.",
    "Has gone to the coast before and slept outside.",
    "Has new clothes and a second telephone and will not say from whom.",
    "Left after an argument about contact with family.",
)
DONE = (
    "Rang friends and family, searched the house and garden.",
    "Drove to the places where they usually go.",
    "Left messages on the telephone and on social media.",
    "Rang the school and the out of hours team.",
)
LEARNED = (
    "A friend says they were in the town centre an hour ago.",
    "The telephone is switched off; last message was read this afternoon.",
    "The bus company has been asked for pictures from the evening services.",
    "A grandparent has heard nothing and will ring if they come.",
    "Was seen at the railway station, alone, waiting for a train.",
    "Sent a message: safe, does not want to say where.",
    "The hospital has nobody of that name.",
    "Their social worker has left a message with the usual number.",
    "The home found the bed not slept in and a bag gone.",
    "A shopkeeper knows the child and will ring.",
)
SHARED_BECAUSE = "Lives near the border between the two areas and is often found in theirs."

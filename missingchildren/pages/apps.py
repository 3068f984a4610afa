"""The pages app: puts the main pages into the header."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "missingchildren.pages"
    label = "pages"

    def ready(self) -> None:
        from missingchildren.pages import views
        from missingchildren.web import navigation
        from missingchildren.web.navigation import Item

        for item in (
            Item(name="My work", url_name="pages:my_work", order=10),
            Item(name="Missing now", url_name="pages:missing", order=20),
            Item(name="Overdue", url_name="pages:overdue", order=25),
            Item(name="Children", url_name="cases:list", order=30),
            Item(
                name="Report a missing child",
                url_name="cases:report",
                order=40,
                visible=views.may_report,
            ),
        ):
            navigation.register(item)

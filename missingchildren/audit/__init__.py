"""The act log, the change history and the privacy register: ids and references only."""

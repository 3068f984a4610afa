"""What migrations are written with beside Django's own operations."""

import pgtrigger.migrations
from django.db.migrations.state import ProjectState


class AddTrigger(pgtrigger.migrations.AddTrigger):
    """Create a trigger, without rendering again every model that is joined to its table.

    No field of a model depends on a trigger. The library's own operation renders them all the same,
    which with some hundred tables and some hundred triggers takes as long as everything else.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name.lower()].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]

"""The record of a child: missing episodes, who may see what, reports, deadlines and drafts."""

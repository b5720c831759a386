"""The command ``claimwatch``: joins the verbs that the services bring along."""

import importlib

import typer

app = typer.Typer(name="claimwatch", no_args_is_help=True, help="News-claim monitor.", pretty_exceptions_enable=False)

for _name in (
    "services.fetcher.cli",
    "services.classifier.cli",
    "services.classifier.explain_cli",
    "services.classifier.rejudge_cli",
    "services.classifier.query_cli",
    "services.alerter.cli",
    "deploy.cli",
):
    importlib.import_module(_name).register(app)

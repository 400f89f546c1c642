"""What Schemathesis cannot know of a survey from the description of the API.

A made-up response names a survey and a version that nobody published, and would be refused before anything is kept.
Half of the sound ones are therefore made answers to the survey that is open, so that responses are kept, sent again and
taken back while everything else is tried.
"""

import json
import os
import urllib.request

import schemathesis
from schemathesis import GenerationMode

SURVEY = "page-useful"


def published():
    """The survey as the collector publishes it."""
    with urllib.request.urlopen(f"{os.environ['QULAQ_URL']}/api/v1/surveys/{SURVEY}") as reply:
        return json.load(reply)


VERSION = published()["version"]


@schemathesis.hook
def map_case(context, case):
    """Sends what is sound to the survey that there is, and half of it as an answer to it."""
    sound = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if not sound:
        return case
    if "survey" in (case.path_parameters or {}):
        case.path_parameters["survey"] = SURVEY
    body = case.body
    if case.operation.label.startswith("POST") and isinstance(body, dict) and body.get("id", "")[-1:] < "8":
        case.body = {**body, "survey": SURVEY, "version": VERSION, "lang": "kk", "answers": {"useful": 1}}
    return case

"""Reads {"components": ..., "patterns": [...], "examples": [{"at", "schema", "value"}]} and prints what does not fit."""

import json
import re
import sys

from jsonschema import Draft202012Validator, FormatChecker

document = json.load(sys.stdin)
for pattern in document["patterns"]:
    re.compile(pattern)
for example in document["examples"]:
    schema = {**example["schema"], "components": document["components"]}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    for error in validator.iter_errors(example["value"]):
        print(example["at"], "/".join(map(str, error.absolute_path)), error.message[:200])

"""Decides patterns on events with moto's EventBridge: standard input holds both, standard output gets the answers."""

import json
import sys

from moto.events.models import EventPattern

given = json.load(sys.stdin)
patterns = [EventPattern.load(pattern) for pattern in given["patterns"]]
json.dump([[pattern.matches_event(event) for event in given["events"]] for pattern in patterns], sys.stdout)

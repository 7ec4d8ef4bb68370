"""Reads the list of hearings with the client that was generated from the document, and prints each title."""

import sys

from agora_client import Client
from agora_client.api.hearings import list_hearings
from agora_client.models import PageHearingSummary

page = list_hearings.sync(client=Client(base_url=sys.argv[1]))
assert isinstance(page, PageHearingSummary), page
print("\n".join(hearing.title for hearing in page.items))

"""YAML files of watched claims."""

from pathlib import Path

from schemas.claims_watch import ClaimFile, WatchedClaim
from services.alerter.adapters import yaml_file


def read_claims(path: Path) -> list[WatchedClaim]:
    """Return the claims in a file.

    Raises:
        yaml_file.BadFile: With a line per mistake; a claim id that comes twice is one.
    """
    file = yaml_file.read(path)
    claims = yaml_file.validated(file, ClaimFile).claims
    first: dict[str, int] = {}
    mistakes = []
    for index, claim in enumerate(claims):
        if claim.claim_id in first:
            mistakes.append(file.mistake(("claims", index, "claim_id"), f"is claims[{first[claim.claim_id]}] already"))
        first.setdefault(claim.claim_id, index)
    if mistakes:
        raise yaml_file.BadFile(mistakes)
    return claims

"""What a backup is locked with: a key file kept apart from it, or a passphrase from the environment."""

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from goldenthread.core.errors import BadInput

PASSPHRASE = "GOLDENTHREAD_BACKUP_PASSPHRASE"  # noqa: S105  (the variable's name)
BYTES = 32


def how_locked(key_file: Path | None) -> str:
    """“passphrase” where one is set and no key file is named; otherwise “file”."""
    return "passphrase" if key_file is None and os.environ.get(PASSPHRASE) else "file"


def make_key_file(file: Path) -> bool:
    """A new key where there is none yet, open to its owner only. Says whether one was made."""
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
            new.write(base64.b64encode(secrets.token_bytes(BYTES)) + b"\n")
            new.flush()
            os.fsync(new.fileno())
    except FileExistsError:
        return False
    except OSError as fault:
        raise BadInput(f"{file}: the key cannot be written ({fault.strerror}).") from None
    return True


def key_for(locked: str, salt: bytes, key_file: Path) -> bytes:
    """The key of one backup, from the key file or the passphrase and that backup's salt. Raises BadInput."""
    if locked == "passphrase":
        given = os.environ.get(PASSPHRASE)
        if not given:
            raise BadInput(f"This backup is locked with a passphrase: set {PASSPHRASE}.")
        return Scrypt(salt=salt, length=BYTES, n=2**17, r=8, p=1).derive(given.encode())
    try:
        kept = base64.b64decode(key_file.read_bytes().strip(), validate=True)
    except FileNotFoundError:
        raise BadInput(f"{key_file}: there is no such key; name the backup's key with --key-file.") from None
    except OSError as fault:
        raise BadInput(f"{key_file}: the key cannot be read ({fault.strerror}).") from None
    except ValueError:
        kept = b""
    if len(kept) != BYTES:
        raise BadInput(f"{key_file}: this is not a backup key.")
    return HKDF(algorithm=hashes.SHA256(), length=BYTES, salt=salt, info=b"goldenthread backup").derive(kept)

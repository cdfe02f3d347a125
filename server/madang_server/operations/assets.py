"""Page assets: built files carry their content's hash in their names and are kept for a year; others for a minute."""

from __future__ import annotations

from importlib import resources
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


def static_folder() -> Path:
    """Return where the pages' static files are."""
    return Path(str(resources.files("madang_frontend"))) / "static"


def assets_are_built() -> bool:
    """Tell whether the build has run: its manifest names the files."""
    return (static_folder() / "built" / "manifest.json").is_file()


def static_route() -> Mount:
    """Return the route `/static`. It is made before the build may have run, so a missing folder is no error."""
    files = _Assets(directory=static_folder(), check_dir=False)
    return Mount("/static", GZipMiddleware(files, minimum_size=1024), name="static")


class _Assets(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self._smallest(path, scope)
        lasting = path.startswith("built/") and not path.endswith("manifest.json")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if lasting else "public, max-age=60"
        return response

    async def _smallest(self, path: str, scope: Scope) -> Response:
        """Answer the brotli form that the build wrote beside a file, to those who take it; else the file."""
        takes = {each.split(";")[0].strip() for each in Headers(scope=scope).get("accept-encoding", "").split(",")}
        if "br" not in takes or not self.lookup_path(f"{path}.br")[1]:
            return await super().get_response(path, scope)
        response = await super().get_response(f"{path}.br", scope)
        response.headers["content-type"] = guess_type(path)[0] or "application/octet-stream"
        response.headers["content-encoding"] = "br"
        response.headers.add_vary_header("accept-encoding")
        return response

"""Which files are videos, songs and pictures, by Jellyfin's lists of extensions."""

PICTURES = (
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".tbn",
    ".gif",
    ".svg",
    ".avif",
    ".bmp",
    ".tif",
    ".tiff",
    ".heic",
    ".heif",
)
"""By priority where names tie; those behind `.svg` are ours."""

_VIDEO = """
    001 3g2 3gp amv asf asx avi bin bivx disc divx dv dvr-ms f4v fli flv ifo img iso m2t m2ts m2v m4v mk3d mkv mov
    mp4 mpe mpeg mpg mts mxf nrg nsv nuv ogm ogv pva qt rec rm rmvb strm svq3 tp ts ty viv vob vp3 webm wmv wtv xvid
"""
_AUDIO = """
    669 3gp aa aac aax ac3 act adp adplug adx afc aif aifc aiff alac amf amr ape ast au awb cda cue dmf dsf dsm dsp
    dts dvf eac3 ec3 far flac gdm gsm gym hps imf it m15 m4a m4b mac med mka mmf mod mogg mp+ mp2 mp3 mpa mpc mpp
    msv nmf nsf nsv oga ogg okt opus pls ra rf64 rm s3m sfx shn sid stm strm ult uni vox wav wma wv xm xsp ymf
"""
_VIDEOS = frozenset(f".{ending}" for ending in _VIDEO.split())
_SONGS = frozenset(f".{ending}" for ending in _AUDIO.split())


def suffix_of(name: str) -> str:
    """Return a file's extension in lower case, with its dot; a name that begins with its only dot has none."""
    return name[_dot(name) :].lower()


def stem_of(name: str) -> str:
    """Return a file's name without its extension."""
    return name[: _dot(name)].rpartition("/")[2]


def base_of(path: str) -> str:
    """Return a file's path without its extension."""
    return path[: _dot(path)]


def is_video(name: str) -> bool:
    """Tell whether a file's extension is one of a video."""
    return suffix_of(name) in _VIDEOS


def is_song(name: str) -> bool:
    """Tell whether a file's extension is one of a song; some are of videos as well."""
    return suffix_of(name) in _SONGS


def is_picture(name: str) -> bool:
    """Tell whether a file's extension is one of a picture."""
    return suffix_of(name) in PICTURES


def _dot(name: str) -> int:
    """Return where the extension begins, the length of the name when there is none."""
    dot = name.rfind(".")
    return dot if name.rfind("/") + 1 < dot < len(name) - 1 else len(name)

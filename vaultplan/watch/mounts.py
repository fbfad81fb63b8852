"""Where the system tells of no changes, because others make them: network and guest mounts."""

import re

_ESCAPED = re.compile(r"\\([0-7]{3})")
_AFAR = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre"),
        *("9p", "drvfs", "virtiofs", "vboxsf", "prl_fs", "vmhgfs", "fakeowner"),
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "davfs", "fuse.gvfsd-fuse"),
        *("fuse.vmhgfs-fuse", "fuse.grpcfuse", "fuse.osxfs", "fuse.glusterfs", "fuse.ceph-fuse"),
    }
)


def afar(mountinfo: str, folder: str) -> str:
    """The file system of a folder if changes may be made to it from elsewhere; empty if not.

    `mountinfo` is the text of `/proc/self/mountinfo` (proc(5)), `folder` an absolute path without
    links. Of mounts one over the other the last counts.
    """
    longest, kind = -1, ""
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, rest = before.split(" "), after.split(" ")
        if len(fields) < 5:  # noqa: PLR2004  (the mount point is the fifth)
            continue
        point = _ESCAPED.sub(lambda one: chr(int(one[1], 8)), fields[4])
        below = point.rstrip("/") + "/"
        if f"{folder}/".startswith(below) and len(below) >= longest:
            longest, kind = len(below), rest[0]
    return kind if kind in _AFAR else ""

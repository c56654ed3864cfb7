"""The files of an installation: where each base is, who may write to it, its replica, its backups, its deletion."""

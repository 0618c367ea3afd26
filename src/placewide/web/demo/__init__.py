"""The demo place: Calderbrook and Fenmarch, told from files and through the same actions as everything else."""

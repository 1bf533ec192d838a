"""What Beranda and the edge of the window say of the whole workspace."""

"""Care of a workspace: RTs renumbered, laptops handed over, damage salvaged, leftovers taken away."""

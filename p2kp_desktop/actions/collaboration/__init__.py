"""The collaboration: needs, works, partners and their promises, targets, the programme, decrees of slum areas."""

"""The generator of the demo wire: sources in, feeds, pages and gold out. Python standard library only."""

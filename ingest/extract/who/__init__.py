"""What the rules on people, bodies, places and groups share: names, lists, word shapes."""

"""The widgets every place is made of. They show values, collect answers, emit signals, and hold no rules."""

"""The policy lab: the real engine over made-up workers, so that policies can be compared before a rollout."""

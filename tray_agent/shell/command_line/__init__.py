"""What people type and what they are told: how each verb is written, what it does without an agent."""

"""The sans-IO core: evidence goes in as events, decisions come out as commands.

Read in this order:

- `model`: the words (posture, bout, break, prompt, dose) as frozen values;
- `events` and `commands`: everything that can go in, everything that can come out;
- `rules`: the numbers of one intensity, checked when they are made;
- `timeline` and `estimator`: evidence to posture, bouts and breaks; `belief`: how sure that is;
- `quiet` and `policy`: why not now, and when to prompt;
- `looks`: when to find out what is on; `ahead`: what is due next, and what is no news until then;
- `questions`: when to ask about an absence; `past`: what is told of bouts and breaks, and corrections;
- `suitable`: which exercises fit the person; `progress`: how much of them, week by week;
- `programme`: which movement next, on which side; `routines`: what becomes of it;
- `ledger`, `day` and `week`: what the day and the week amount to;
- `explain` and `recall`: why it believes what it believes, and why it asked or did not;
- `memory`: what all of them remember;
- `engine`: the one door, `handle(event, now) -> commands` and `deadline() -> now | None`; `view`: what it
  can show.

Nothing here reads a clock, a file or a random number: time is an argument.  `now` is seconds
on one axis that counts sleep and never goes back.
"""

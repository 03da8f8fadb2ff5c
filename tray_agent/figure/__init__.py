"""The person who shows each exercise: a pose goes in, a drawing comes out.

Pure: no file, clock or toolkit.  Lengths are in body heights, angles in degrees, the floor is y = 0 and
the figure faces +x unless mirrored.

- `pose`     what a body does: joint angles, and hands and feet that are pinned to something
- `body`     where its joints then are
- `motion`   keyframes in time, and the pose at any moment between them
- `flesh`    outlines of a body seen from the side, `front` from the front or from above
- `props`    wall, chair, cushion and all else that is not the body
- `marks`    arrows and pressed points
- `figure`   one exercise: motion, props and marks, as its file tells
- `muscles`  where the muscles at work lie
- `drawing`  `draw`, which puts them together
- `shapes`   what a drawing is made of
- `palette`  the colours of each role
"""

from __future__ import annotations

from tests.benchmarks.wakeups import causes

TRACE = """\
10 epoll_wait(3<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=7, u64=7}}], 16, 900) = 1 <0.301000>
10 recvfrom(7<UNIX-STREAM:[70->71]>, ""..., 65536, 0, NULL, NULL) = 72 <0.000020>
10 epoll_wait(3<anon_inode:[eventpoll]>,  <unfinished ...>
11 futex(0x55, FUTEX_WAIT_BITSET_PRIVATE, 0, NULL, FUTEX_BITSET_MATCH_ANY <unfinished ...>
10 <... epoll_wait resumed>[], 16, 2000) = 0 <2.000100>
11 <... futex resumed>) = 0 <2.500000>
10 pselect6(8, [7<UNIX-STREAM:[70->71]>], NULL, NULL, {tv_sec=0, tv_nsec=9}, NULL) = 1 (in [7]) <0.000090>
10 pselect6(8, [7<UNIX-STREAM:[70->71]>], NULL, NULL, {tv_sec=0, tv_nsec=0}, NULL) = 1 (in [7]) <0.000004>
10 fsync(9</tmp/state>) = 0 <0.004000>
10 epoll_wait(3<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=5, u64=5}}], 16, 900) = 1 <0.100000>
10 recvfrom(5<UNIX-STREAM:[50->51]>, ""..., 4096, 0, NULL, NULL) = 1 <0.000010>
10 epoll_wait(3<anon_inode:[eventpoll]>, [{events=EPOLLIN, data={u32=6, u64=6}}], 16, 900) = 1 <0.100000>
10 read(6<anon_inode:inotify>, ""..., 4096) = 32 <0.000010>
10 epoll_wait(3<anon_inode:[eventpoll]>,  <detached ...>
"""


def test_what_ended_each_wait_is_named() -> None:
    assert causes(TRACE, {"71": "X"}) == {
        "X": 1,
        "an answer of X": 1,
        "a timer": 1,
        "its other thread": 1,
        "the disk": 1,
        "its own posts": 1,
        "files": 1,
    }

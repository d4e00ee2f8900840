"""Runs Singer's tap-kustomer unchanged, but for where Kustomer is: at PEER_URL. Says at its end what it took, as tools/bench/hook.ts does."""

import json
import os
import resource

import tap_kustomer
from tap_kustomer.client import KustomerClient

_init = KustomerClient.__init__


def _init_elsewhere(self, *args, **kwargs):
    _init(self, *args, **kwargs)
    # The tap has its address written into its code.
    self.base_url = f"{os.environ['PEER_URL']}/v1"


KustomerClient.__init__ = _init_elsewhere
try:
    tap_kustomer.main()
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    with open(os.environ["BENCH_REPORT"], "w", encoding="utf8") as report:
        json.dump({"cpu": used.ru_utime + used.ru_stime, "rss": used.ru_maxrss / 1024, "blocked": 0}, report)

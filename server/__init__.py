"""The roof: composes the rooms. May import anything; nothing imports it."""

import os

# A question is the work of one thread. More only wait for one another: on a machine of two cores a product of
# a matrix and a vector took four times as long with both. Read by numpy when it is first imported.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

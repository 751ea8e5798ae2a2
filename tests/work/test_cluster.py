"""A cluster that does not have what is needed is refused in one line."""

from importlib.metadata import version

import pytest

from exactdyn.work.cluster import ClusterError, dask
from tests.hunts.asked import cluster


def test_where_no_scheduler_answers_it_is_said():
    pytest.importorskip("distributed", reason="needs the extra cluster")
    none = r"^requires the address of a scheduler .* none answers at 'tcp"
    with pytest.raises(ClusterError, match=none), dask("tcp://127.0.0.1:1", "exactdyn"):
        pass


@pytest.mark.slow
def test_a_cluster_works_and_must_have_the_package():
    with cluster() as address:
        with dask(address, "exactdyn") as (executor, count):
            assert executor.submit(max, 1, 2).result() == 2
            assert count == 2
        with dask(address, "numpy") as (executor, _):
            assert executor.submit(version, "numpy").result() == version("numpy")

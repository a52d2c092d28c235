"""What a function finds in its environment."""

from pathlib import Path

from infra.localstack.plugins.dockerless.functions.variables import runtime_variables

CODE = Path("/code")


def test_values_become_text() -> None:
    assert (
        runtime_variables({"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": 512}, {}, CODE)[
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"
        ]
        == "512"
    )


def test_what_is_only_for_containers_is_left_out() -> None:
    given = {"LOCALSTACK_RUNTIME_ID": "1", "EDGE_PORT": "4566", "AWS_LAMBDA_FUNCTION_TIMEOUT": 3}
    assert not given.keys() & runtime_variables(given, {}, CODE).keys()


def test_the_task_root_is_where_the_code_is() -> None:
    assert runtime_variables({"LAMBDA_TASK_ROOT": "/var/task"}, {}, CODE)["LAMBDA_TASK_ROOT"] == "/code"


def test_a_functions_own_variables_win() -> None:
    own = {"LANG": "de_DE.UTF-8", "LOCALSTACK_HOSTNAME": "mine"}
    assert own.items() <= runtime_variables({"LANG": "C"}, own, CODE).items()

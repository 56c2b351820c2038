"""Asks AWS's read operations, also those that this project has no client for: questions on standard input, answers on the output.

A question: {"service", "operation", "parameters", "find"}; the answer: {"value"}, what the JMESPath expression finds, or {"error"}.
"""

import json
import sys

import botocore.session
import jmespath

session = botocore.session.get_session()


def answer(question):
    client = session.create_client(question["service"])
    operation, parameters = question["operation"], question["parameters"]
    try:
        if client.can_paginate(operation):
            response = client.get_paginator(operation).paginate(**parameters).build_full_result()
        else:
            response = getattr(client, operation)(**parameters)
    except Exception as error:
        return {"error": str(error)}
    return {"value": jmespath.search(question["find"], response)}


json.dump([answer(question) for question in json.load(sys.stdin)], sys.stdout, default=str)

"""
moto's server, with what AWS does and moto 5.2.5 doesn't. It forgets parts of a secret (moto/secretsmanager/models.py), and
the provider finds a difference in each run; it gives a secret's name for its ARN, and fails where one that isn't there
is asked for its versions; and it fails where a key is enabled by its ARN (moto/kms/models.py).
"""

import json
import sys

from moto.kms.models import KmsBackend
from moto.secretsmanager.exceptions import SecretNotFoundException
from moto.secretsmanager.models import FakeSecret, ReplicaSecret, SecretsManagerBackend
from moto.server import main

create_replicas = FakeSecret.create_replicas
describe = FakeSecret.to_dict
describe_replica = ReplicaSecret.to_dict
list_versions = SecretsManagerBackend.list_secret_version_ids
rotate = SecretsManagerBackend.rotate_secret


def create_replicas_with_keys(secret, replica_regions, force_overwrite):
    """The key of a replica."""
    replicas = create_replicas(secret, replica_regions, force_overwrite)
    for replica, given in zip(replicas, replica_regions or []):
        replica.config["KmsKeyId"] = given.get("KmsKeyId", replica.config["KmsKeyId"])
    return replicas


def describe_replica_with_key(replica):
    return {**describe_replica(replica), "KmsKeyId": replica.config["KmsKeyId"]}


def rotate_and_remember(backend, secret_id, *args, **options):
    """A schedule, which moto takes and drops; and that a trial leaves no pending version behind."""
    answer = rotate(backend, secret_id, *args, **options)
    secret = backend.secrets[secret_id]
    secret.rotation_rules = options.get("rotation_rules") or getattr(secret, "rotation_rules", None)
    if not options.get("rotate_immediately", True):
        pending = [id for id, version in secret.versions.items() if version["version_stages"] == ["AWSPENDING"]]
        for id in pending:
            del secret.versions[id]
    return answer


def describe_with_schedule(secret):
    description = describe(secret)
    if "RotationRules" in description and getattr(secret, "rotation_rules", None):
        description["RotationRules"] = secret.rotation_rules
        description["RotationEnabled"] = secret.rotation_requested
    return description


def list_versions_of_secret(backend, secret_id):
    if secret_id not in backend.secrets:
        raise SecretNotFoundException()
    return json.dumps({**json.loads(list_versions(backend, secret_id)), "ARN": backend.secrets[secret_id].arn})


def taking_arns(operation):
    return lambda backend, key_id: operation(backend, backend.get_key_id(key_id))


KmsBackend.cancel_key_deletion = taking_arns(KmsBackend.cancel_key_deletion)
KmsBackend.enable_key = taking_arns(KmsBackend.enable_key)
FakeSecret.create_replicas = create_replicas_with_keys
FakeSecret.to_dict = describe_with_schedule
ReplicaSecret.to_dict = describe_replica_with_key
SecretsManagerBackend.list_secret_version_ids = list_versions_of_secret
SecretsManagerBackend.rotate_secret = rotate_and_remember

main(sys.argv[1:])

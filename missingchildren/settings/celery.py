"""Celery: a wake-up call for the outbox, never its keeper."""

# Redis may be stopped, frozen or empty at any moment: no socket waits long, nothing is kept there
# that the database does not hold, and a wake-up call that fails is not repeated.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ENABLE_UTC = True

# Intervals only: no deadline is ever decided by a local clock. The schedule is code, so beat keeps
# no file and no table; a second beat would only wake the workers twice.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    "deliver due alerts": {
        "task": "missingchildren.alerts.tasks.deliver_due_alerts",
        "schedule": 5.0,
        "options": {"expires": 30},
    },
    "return expired leases": {
        "task": "missingchildren.alerts.tasks.return_expired_leases",
        "schedule": 30.0,
        "options": {"expires": 60},
    },
    # A part that runs out ends with nobody's act: what its agency owes is not left with it.
    "bring back what nobody can see": {
        "task": "returninterviews.tasks.reclaim_what_nobody_sees",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
    "stop what nobody can see": {
        "task": "cases.tasks.stop_what_nobody_sees",
        "schedule": 300.0,
        "options": {"expires": 300},
    },
}

# How long one attempt may take before another worker takes the delivery over.
ALERT_LEASE_SECONDS = 60
# Threads in each worker that look at the outbox every second, with or without Redis.
ALERT_POLLERS = 2

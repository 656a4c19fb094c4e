"""What the one who kills and those who die agree on."""

import signal

TELL = signal.SIGUSR1
"""Write into the log where you are: nobody may wait for you without knowing why."""

HURRIED = "--hurried"

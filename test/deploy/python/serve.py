"""The emulator, for as long as somebody holds its standard input: it also ends when that process is killed."""

import os
import sys
import threading

from ministack.app import main


def end_with_parent():
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=end_with_parent, daemon=True).start()
sys.argv = ["ministack"]
main()

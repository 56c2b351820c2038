import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * When a message is given back (visibility 0), fauxqs 2.4.1 writes NULL as its count of receives, which its own schema
 * forbids. The call fails half done, the SDK's second try finds the message gone, and its group is blocked until the next
 * start. This trigger does what was meant and keeps the count. It runs before SQLite checks constraints, and never when
 * a later version writes a number.
 */
const RELEASE = `
  CREATE TRIGGER IF NOT EXISTS taskfleet_release BEFORE UPDATE ON sqs_messages
  WHEN NEW.approximate_receive_count IS NULL
  BEGIN
    UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL
      WHERE message_id = OLD.message_id;
    SELECT RAISE(IGNORE);
  END`;

/** Mends the database in a data folder of the queues. The emulator must have made its tables. */
export function allowRelease(folder: string): void {
  const database = new DatabaseSync(join(folder, 'fauxqs.db'));
  try {
    database.exec(RELEASE);
  } finally {
    database.close();
  }
}

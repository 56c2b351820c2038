/** A service for tests that never comes up. */
process.stderr.write('cannot read the map\n');
process.exit(7);

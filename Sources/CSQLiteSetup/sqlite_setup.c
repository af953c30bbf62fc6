#include "include/sqlite_setup.h"
#include <sqlite3.h>

void sqlite_setup(void) { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

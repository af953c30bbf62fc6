#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU and pulls ICU's headers in, which clash with Foundation's own copy of them.
// Without this only the layout of the encoding handlers differs, and nobody here looks into one.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

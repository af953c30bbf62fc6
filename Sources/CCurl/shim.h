#include <curl/curl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

// Swift calls no function with a variable list of arguments: one function here for each kind of argument that is used.

static inline CURLcode shim_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_write(CURL *handle, curl_write_callback callback) {
  return curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, callback);
}

static inline CURLcode shim_set_read(CURL *handle, curl_read_callback callback) {
  return curl_easy_setopt(handle, CURLOPT_READFUNCTION, callback);
}

static inline CURLcode shim_set_open_socket(CURL *handle, curl_opensocket_callback callback) {
  return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

/// The protocols a transfer may speak, as words with commas between; older libraries only know them as bits.
static inline CURLcode shim_set_protocols(CURL *handle, const char *words, long bits) {
#if LIBCURL_VERSION_NUM >= 0x075500
  (void)bits;
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, words);
#else
  (void)words;
  return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, bits);
#endif
}

static inline long shim_number(CURL *handle, CURLINFO info) {
  long value = 0;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

static inline curl_off_t shim_size(CURL *handle, CURLINFO info) {
  curl_off_t value = 0;
  curl_easy_getinfo(handle, info, &value);
  return value;
}

static inline int shim_bytes(int family, const struct sockaddr *from, unsigned char bytes[16]) {
  if (family == AF_INET) {
    struct sockaddr_in address;
    memcpy(&address, from, sizeof address);
    memcpy(bytes, &address.sin_addr, 4);
    return 4;
  }
  if (family == AF_INET6) {
    struct sockaddr_in6 address;
    memcpy(&address, from, sizeof address);
    memcpy(bytes, &address.sin6_addr, 16);
    return 16;
  }
  return 0;
}

/// The bytes of an address a connection is to be made to, in network order.
///
/// @return how many, 4 or 16; 0 for an address of another family.
static inline int shim_address(const struct curl_sockaddr *place, unsigned char bytes[16]) {
  return shim_bytes(place->family, &place->addr, bytes);
}

/// The same of a host that is written as a number, in any form the system's resolver reads; 0 for a name.
static inline int shim_numeric(const char *host, unsigned char bytes[16]) {
  struct addrinfo hints;
  struct addrinfo *found = NULL;
  memset(&hints, 0, sizeof hints);
  hints.ai_flags = AI_NUMERICHOST;
  hints.ai_family = AF_UNSPEC;
  if (getaddrinfo(host, NULL, &hints, &found) != 0 || found == NULL) return 0;
  int count = found->ai_addr == NULL ? 0 : shim_bytes(found->ai_family, found->ai_addr, bytes);
  freeaddrinfo(found);
  return count;
}

static inline curl_socket_t shim_socket(const struct curl_sockaddr *place) {
#ifdef SOCK_CLOEXEC
  return socket(place->family, place->socktype | SOCK_CLOEXEC, place->protocol);
#else
  return socket(place->family, place->socktype, place->protocol);
#endif
}

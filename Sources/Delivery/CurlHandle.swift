internal import CCurl

/// One of libcurl's handles and what was set on it. A setting the library refuses spoils the whole: a transfer must
/// not go out without one of its guards.
final class CurlHandle {
  let pointer: UnsafeMutableRawPointer
  private(set) var isReady = true
  private var lists: [UnsafeMutablePointer<curl_slist>] = []

  /// Once a process, before the first handle, whichever thread makes it.
  private static let setup: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init?() {
    guard CurlHandle.setup, let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    for list in lists { curl_slist_free_all(list) }
  }

  func set(_ option: CURLoption, _ value: String) { check(shim_set_text(pointer, option, value)) }

  func set(_ option: CURLoption, _ value: Int) { check(shim_set_number(pointer, option, value)) }

  func set(_ option: CURLoption, _ context: AnyObject) {
    check(shim_set_pointer(pointer, option, Unmanaged.passUnretained(context).toOpaque()))
  }

  func set(_ option: CURLoption, _ texts: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for text in texts {
      guard let longer = curl_slist_append(list, text) else {
        isReady = false
        break
      }
      list = longer
    }
    if let list { lists.append(list) }
    check(shim_set_list(pointer, option, list))
  }

  /// Copied by the library.
  func setBody(_ bytes: [UInt8]) {
    check(shim_set_size(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
    // The size counts; the zero behind is for an empty body.
    let code = (bytes + [0]).withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { shim_set_text(pointer, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
    }
    check(code)
  }

  func setProtocols(_ words: String, _ bits: Int32) { check(shim_set_protocols(pointer, words, Int(bits))) }

  func setWriting(_ callback: curl_write_callback) { check(shim_set_write(pointer, callback)) }

  func setReading(_ callback: curl_read_callback) { check(shim_set_read(pointer, callback)) }

  func setOpening(_ callback: curl_opensocket_callback) { check(shim_set_open_socket(pointer, callback)) }

  func number(_ info: CURLINFO) -> Int { shim_number(pointer, info) }

  func size(_ info: CURLINFO) -> Int64 { Int64(shim_size(pointer, info)) }

  private func check(_ code: CURLcode) {
    if code != CURLE_OK { isReady = false }
  }
}

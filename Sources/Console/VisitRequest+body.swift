extension VisitRequest {
  /// Reads a form that was sent, as browsers send them.
  ///
  /// - Parameter type: the `Content-Type` header.
  package mutating func take(_ body: [UInt8], type: String) {
    let kind = type.prefix { $0 != ";" }.lowercased()
    if kind == "application/x-www-form-urlencoded" {
      form = FormFields(encoded: String(decoding: body, as: UTF8.self))
    } else if kind == "multipart/form-data", let boundary = MultipartForm.boundary(in: type) {
      let parts = MultipartForm(body, boundary: boundary)
      form = parts.fields
      files = parts.files
      isWhole = parts.isWhole
    }
  }
}

internal import Suggestions

/// A form profile as YAML, from what was chosen in the wizard.
struct ProfileDraft {
  private let form: FormFields
  private let survey: ProfileServices.Survey

  init(_ form: FormFields, _ survey: ProfileServices.Survey) {
    self.form = form
    self.survey = survey
  }

  var yaml: String {
    let name = form["name"] ?? ""
    let place = survey.places.first?.path ?? ""
    var lines = [
      "profile: \(plain(name))", "title: \(quoted(form["title"] ?? name))",
      "title_en: \(quoted(form["title_en"] ?? form["title"] ?? name))", "format: \(survey.format)",
      "source: \(quoted(form["source"] ?? name))",
      survey.format == "xml" ? "records: \(quoted(place))" : "records: [\(quoted(place))]", "fields:",
    ]
    let mapped = mapped
    for (field, paths) in mapped {
      let value = paths.count == 1 ? quoted(paths[0]) : "[" + paths.map(quoted).joined(separator: ", ") + "]"
      lines.append("  \(field): \(value)")
    }
    if let channel = form["channel"] { lines.append("channel: \(plain(channel))") }
    lines.append("zone: Asia/Shanghai")
    let dates = (form["dates"] ?? "").split(whereSeparator: \.isNewline).map(String.init)
    if !dates.isEmpty { lines.append("dates: [" + dates.map(quoted).joined(separator: ", ") + "]") }
    let needed = ["id", "body"].filter { name in mapped.contains { $0.field == name } }
    if !needed.isEmpty { lines.append("required: [" + needed.joined(separator: ", ") + "]") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Paths by field, in the order of the sample.
  private var mapped: [(field: String, paths: [String])] {
    var mapped: [(field: String, paths: [String])] = []
    for (index, found) in survey.found.enumerated() {
      // The form names paths too: a page of yesterday must not map what stands elsewhere today.
      guard let field = form["field-\(index)"], form.all("path-\(index)").first == found.path else { continue }
      if let known = mapped.firstIndex(where: { $0.field == field }) {
        mapped[known].paths.append(found.path)
      } else {
        mapped.append((plain(field), [found.path]))
      }
    }
    return mapped
  }

  /// Letters, digits and marks that mean nothing to YAML; the check says what is wrong with the rest.
  private func plain(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
    }
    return isPlain && !text.isEmpty ? text : quoted(text)
  }

  /// A JSON string is one of YAML.
  private func quoted(_ text: String) -> String {
    var json = JSONWriter()
    json.field(nil, text)
    return json.text
  }
}

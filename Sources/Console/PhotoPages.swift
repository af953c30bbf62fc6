/// 照片, a file each.
enum PhotoPages {
  static let endpoints: [Endpoint] = [
    Endpoint(.get, "/cases/{id}/photos/{n}", for: .theCase) { visit in
      guard let folder = visit.premises.settings.photos, let code = visit.parameters["n"],
        let reading = try await CaseReading(visit.caseID, visit, knowing: visit.history),
        let photo = CasePhotos(reading)[code], let file = await folder.file(photo.text)
      else { throw VisitFault.notFound }
      var reply =
        file.kind == .other
        ? Reply.download(file.bytes, type: file.kind.rawValue, name: photo.text)
        : Reply(type: file.kind.rawValue, body: file.bytes, headers: [("Content-Disposition", "inline")])
      // Who looks again within minutes is spared the way; who may look no more is not shown it for long.
      reply.headers.append(("Cache-Control", "private, max-age=300"))
      return reply
    }
  ]
}

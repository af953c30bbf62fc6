import Console
import Dispatch
import Foundation
import Intake
import Suggestions

extension ConsoleComposition {
  /// What the intake's pages are given: the desk that takes in, the readers, the form profiles.
  func intake() -> IntakeServices {
    let (common, desk, samples, profiles) = (common, desk, SampleShelf(), KeptProfiles(common))
    return IntakeServices(
      forms: { language in ConsoleComposition.forms(profiles, language) },
      begin: { order in
        try await withCheckedThrowingContinuation { continuation in
          // Megabytes are written here; nobody else waits for it.
          DispatchQueue.global().async { continuation.resume(with: Result { try desk.begin(order) }) }
        }
      },
      job: { desk.job($0) }, jobs: { desk.jobs() }, goOn: { desk.goOn($0, form: $1) }, stop: { desk.stop($0) },
      forget: { desk.forget($0) }, bookFaults: { ConsoleComposition.bookFaults(profiles, $0) },
      profiles: ProfileServices(
        fields: Field.allCases.filter { ![.book, .page, .line].contains($0) }.map(\.name),
        channels: Channel.allCases.map(\.code), keep: { samples.keep($0, for: $1) },
        sample: { samples.sample($0, of: $1) }, survey: { ConsoleComposition.survey(profiles, $0, $1) },
        tryOut: { ProfileTrial(common: common, language: $2).trial($0, on: $1) },
        save: { ProfileTrial(common: common, language: $1).save($0) }))
  }

  private static func forms(
    _ profiles: KeptProfiles, _ language: ConsoleLanguage
  ) -> (forms: [IntakeServices.Form], fault: String?) {
    do {
      return (
        try profiles.load(Language(language)).sorted { $0.name < $1.name }.map { profile in
          IntakeServices.Form(
            name: profile.name, title: language == .zh ? profile.title : profile.titleEnglish,
            format: profile.format.rawValue, source: profile.source, fields: profile.mappings.map(\.field.name))
        }, nil
      )
    } catch {
      return ([], (error as? Outcome)?.message ?? language("表单档案读不了。", "The form profiles cannot be read."))
    }
  }

  private static func bookFaults(_ profiles: KeptProfiles, _ transcript: [UInt8]) -> [IntakeJob.Fault] {
    guard let profile = try? profiles.load(.zh).first(where: { $0.format == .opinionBook }) else { return [] }
    let reader = RecordReader(profile: profile, sourceOverride: nil)
    var batch = DraftBatch()
    transcript.withUnsafeBytes { reader.feed($0, into: &batch) }
    reader.finish(into: &batch)
    return batch.setAside.map(IntakeJob.Fault.init)
  }

  private static func survey(_ profiles: KeptProfiles, _ sample: [UInt8], _ place: String?) -> ProfileServices.Survey? {
    guard let survey = SampleSurvey(sample), let first = survey.places.first else { return nil }
    let chosen = place.flatMap { place in survey.places.first { $0.path == place } } ?? first
    let known = knownPaths(profiles)
    let columns = survey.columns(at: chosen.path)
    var dates: [String] = []
    for column in columns {
      for pattern in SampleSurvey.datePatterns(reading: column.values) where !dates.contains(pattern) {
        dates.append(pattern)
      }
    }
    var proposed: Set<String> = []
    return ProfileServices.Survey(
      format: survey.format.rawValue,
      places: [ProfileServices.Survey.Place(path: chosen.path, records: chosen.records)]
        + survey.places.filter { $0 != chosen }.map { .init(path: $0.path, records: $0.records) },
      found: columns.map { column in
        // Each field once: the first path that other forms read it from.
        let field = known[column.path.lowercased()].flatMap { proposed.insert($0).inserted ? $0 : nil }
        return ProfileServices.Found(
          path: column.path, shown: SampleMask.shown(column.values, path: column.path), count: column.values.count,
          proposed: field)
      }, dates: dates)
  }

  /// The standard field by the paths the profiles there are read it from.
  private static func knownPaths(_ profiles: KeptProfiles) -> [String: String] {
    var known: [String: String] = [:]
    for profile in (try? profiles.load(.zh)) ?? [] {
      for mapping in profile.mappings {
        for path in mapping.paths where known[path.text.lowercased()] == nil {
          known[path.text.lowercased()] = mapping.field.name
        }
      }
    }
    return known
  }
}

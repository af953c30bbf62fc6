/// What the intake's pages need of rooms the console does not see: the pipeline, the readers, the forms.
package struct IntakeServices: Sendable {
  /// 表单档案
  package struct Form: Sendable, Hashable {
    package var name: String
    package var title: String
    /// xml, json, opinion-book
    package var format: String
    package var source: String
    /// Standard fields that are mapped, by their names.
    package var fields: [String]

    package init(name: String, title: String, format: String, source: String, fields: [String]) {
      self.name = name
      self.title = title
      self.format = format
      self.source = source
      self.fields = fields
    }
  }

  /// By name; none where one of the profiles is broken, and then why.
  package var forms: @Sendable (ConsoleLanguage) -> (forms: [Form], fault: String?)
  /// Puts an order at the end of the queue, and what was uploaded into a folder nobody else reads.
  ///
  /// - Returns: the number of the job.
  package var begin: @Sendable (IntakeOrder) async throws -> Int
  package var job: @Sendable (Int) -> IntakeJob?
  /// The newest first.
  package var jobs: @Sendable () -> [IntakeJob]
  /// Tries what is kept again, perhaps by another form; false where nothing is.
  package var goOn: @Sendable (_ job: Int, _ form: String?) -> Bool
  /// Ends a job after the records under way; false where it is over.
  package var stop: @Sendable (_ job: Int) -> Bool
  /// Gives up what is kept; false where nothing is.
  package var forget: @Sendable (_ job: Int) -> Bool
  /// What a transcript of an opinion book would be set aside for.
  package var bookFaults: @Sendable ([UInt8]) -> [IntakeJob.Fault]
  package var profiles: ProfileServices

  package init(
    forms: @escaping @Sendable (ConsoleLanguage) -> (forms: [Form], fault: String?),
    begin: @escaping @Sendable (IntakeOrder) async throws -> Int, job: @escaping @Sendable (Int) -> IntakeJob?,
    jobs: @escaping @Sendable () -> [IntakeJob], goOn: @escaping @Sendable (_ job: Int, _ form: String?) -> Bool,
    stop: @escaping @Sendable (_ job: Int) -> Bool, forget: @escaping @Sendable (_ job: Int) -> Bool,
    bookFaults: @escaping @Sendable ([UInt8]) -> [IntakeJob.Fault], profiles: ProfileServices
  ) {
    self.forms = forms
    self.begin = begin
    self.job = job
    self.jobs = jobs
    self.goOn = goOn
    self.stop = stop
    self.forget = forget
    self.bookFaults = bookFaults
    self.profiles = profiles
  }

  /// Where nothing is taken in, as on premises of a test's own.
  package static let none = IntakeServices(
    forms: { _ in ([], nil) }, begin: { _ in throw VisitFault.notFound }, job: { _ in nil }, jobs: { [] },
    goOn: { _, _ in false }, stop: { _ in false }, forget: { _ in false }, bookFaults: { _ in [] }, profiles: .none)
}

/// What the wizard for form profiles needs.
package struct ProfileServices: Sendable {
  /// A place in a record that holds values, as a profile writes it.
  package struct Found: Sendable, Hashable {
    package var path: String
    /// Values of the sample without personal details, as far as they may be shown at all.
    package var shown: [String]
    /// Of how many records.
    package var count: Int
    /// The standard field other profiles read from such a place; nil for none.
    package var proposed: String?

    package init(path: String, shown: [String], count: Int, proposed: String?) {
      self.path = path
      self.shown = shown
      self.count = count
      self.proposed = proposed
    }
  }

  package struct Survey: Sendable, Hashable {
    /// xml or json
    package var format: String
    /// Where records may stand, the likeliest first, and how many the sample shows there.
    package var places: [Place]
    /// In the records of the place that was asked for, or of the first.
    package var found: [Found]
    /// Patterns that read the dates of the sample.
    package var dates: [String]

    package struct Place: Sendable, Hashable {
      package var path: String
      package var records: Int

      package init(path: String, records: Int) {
        self.path = path
        self.records = records
      }
    }

    package init(format: String, places: [Place], found: [Found], dates: [String]) {
      self.format = format
      self.places = places
      self.found = found
      self.dates = dates
    }
  }

  /// What a profile makes of a sample.
  package struct Trial: Sendable, Hashable {
    /// What is wrong with the profile, a sentence each; nothing was read then.
    package var problems: [String]
    package var name: String
    package var read: Int
    package var faults: [IntakeJob.Fault]
    /// In how many of the records each standard field has a value.
    package var filled: [Filled]

    package struct Filled: Sendable, Hashable {
      package var field: String
      package var count: Int

      package init(field: String, count: Int) {
        self.field = field
        self.count = count
      }
    }

    package init(problems: [String], name: String, read: Int, faults: [IntakeJob.Fault], filled: [Filled]) {
      self.problems = problems
      self.name = name
      self.read = read
      self.faults = faults
      self.filled = filled
    }
  }

  /// Why a profile was not kept.
  package enum Refusal: Error, Sendable, Hashable {
    case problems([String])
    /// There is one of that name; it is not written over.
    case taken
    case unwritable
  }

  /// Standard fields a form can map to, by name, in the order of the list.
  package var fields: [String]
  package var channels: [String]
  /// Keeps a sample for somebody, for some hours at most and in memory alone; its number.
  package var keep: @Sendable (_ sample: UploadedFile, _ account: String) -> Int
  /// Nil where it is another's, or gone.
  package var sample: @Sendable (_ number: Int, _ account: String) -> UploadedFile?
  /// Nil where the sample is neither XML nor JSON, or shows no records.
  package var survey: @Sendable (_ sample: [UInt8], _ place: String?) -> Survey?
  package var tryOut: @Sendable (_ yaml: String, _ sample: [UInt8], ConsoleLanguage) -> Trial
  /// Writes a profile beside the others; nil when it was.
  package var save: @Sendable (_ yaml: String, ConsoleLanguage) -> Refusal?

  package init(
    fields: [String], channels: [String],
    keep: @escaping @Sendable (_ sample: UploadedFile, _ account: String) -> Int,
    sample: @escaping @Sendable (_ number: Int, _ account: String) -> UploadedFile?,
    survey: @escaping @Sendable (_ sample: [UInt8], _ place: String?) -> Survey?,
    tryOut: @escaping @Sendable (_ yaml: String, _ sample: [UInt8], ConsoleLanguage) -> Trial,
    save: @escaping @Sendable (_ yaml: String, ConsoleLanguage) -> Refusal?
  ) {
    self.fields = fields
    self.channels = channels
    self.keep = keep
    self.sample = sample
    self.survey = survey
    self.tryOut = tryOut
    self.save = save
  }

  package static let none = ProfileServices(
    fields: [], channels: [], keep: { _, _ in 0 }, sample: { _, _ in nil }, survey: { _, _ in nil },
    tryOut: { _, _, _ in Trial(problems: [], name: "", read: 0, faults: [], filled: []) }, save: { _, _ in .unwritable })
}

package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How one run of the product's own program ended, and what it wrote.
package struct CommandRun: Sendable {
  package enum Ending: Sendable, Hashable {
    case exited(Int32)
    /// The number of the signal that ended it.
    case killed(Int32)
  }

  package let ending: Ending
  package let standardOutput: Data
  package let standardError: Data

  /// The exit code; nil when a signal ended the program.
  package var exitCode: Int32? {
    if case .exited(let code) = ending { return code }
    return nil
  }

  package var output: String { String(decoding: standardOutput, as: UTF8.self) }
  package var errors: String { String(decoding: standardError, as: UTF8.self) }

  /// Runs the program to its end.
  ///
  /// - Parameter timeout: seconds after which it is killed and ``CommandFault/timedOut(seconds:command:)`` thrown.
  package static func of(
    _ arguments: [String], in folder: String = PackageRoot.path, environment: [String: String] = [:],
    input: String? = nil, timeout: Double = 120
  ) throws -> CommandRun {
    try RunningCommand(arguments, in: folder, environment: environment, input: input).end(timeout: timeout)
  }
}

package enum CommandFault: Error, CustomStringConvertible {
  /// The program has not been built; where it was looked for.
  case notBuilt([String])
  /// The system's error number.
  case notStarted(Int32, command: String)
  case timedOut(seconds: Double, command: String)

  package var description: String {
    switch self {
    case .notBuilt(let places):
      "golden-ideas has not been built; looked for \(places.joined(separator: ", ")). Run swift build first."
    case .notStarted(let number, let command): "\(command) did not start: error \(number)"
    case .timedOut(let seconds, let command): "\(command) was still running after \(seconds) s"
    }
  }
}

/// A program that has been started. What it writes goes to files, so that no amount of it can block anybody.
package final class RunningCommand {
  private let process: pid_t
  private let command: String
  private let folder: TemporaryFolder
  private var status: Int32?

  /// - Parameters:
  ///   - other: path of another program than the product's own.
  ///   - folder: working folder of the program.
  ///   - environment: added to the test's own, without the product's variables.
  ///   - input: path of a file to be its standard input; nothing when nil.
  package init(
    of other: String? = nil, _ arguments: [String], in workingFolder: String = PackageRoot.path,
    environment: [String: String] = [:], input: String? = nil
  ) throws {
    let program = try other ?? RunningCommand.program()
    folder = try TemporaryFolder()
    command = (other ?? "golden-ideas") + " " + arguments.joined(separator: " ")
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
    for (descriptor, name) in [(1, "output"), (2, "errors")] as [(Int32, String)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, folder.path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    // Test threads have signals blocked that the program must get.
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GOLDEN_IDEAS_") }
    variables.merge(environment) { $1 }
    // The shell changes the folder and then becomes the program, under the same process number.
    let launch = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", workingFolder, program]
    var words: [UnsafeMutablePointer<CChar>?] = (launch + arguments).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var started: pid_t = 0
    let result = posix_spawn(&started, "/bin/sh", &actions, &attributes, &words, &settings)
    guard result == 0 else { throw CommandFault.notStarted(result, command: command) }
    process = started
  }

  deinit {
    guard status == nil else { return }
    kill(process, SIGKILL)
    _ = ended(blocking: true)
  }

  /// What it has written so far.
  package var output: String { String(decoding: written("output"), as: UTF8.self) }

  private func written(_ name: String) -> Data { FileManager.default.contents(atPath: folder.path(name)) ?? Data() }

  package func send(_ signal: Int32) {
    if status == nil { kill(process, signal) }
  }

  package var hasEnded: Bool { ended(blocking: false) }

  /// Waits for the end.
  package func end(timeout: Double = 120) throws -> CommandRun {
    let limit = Date().addingTimeInterval(timeout)
    while !ended(blocking: false) {
      guard Date() < limit else {
        send(SIGKILL)
        _ = ended(blocking: true)
        throw CommandFault.timedOut(seconds: timeout, command: command)
      }
      usleep(2_000)
    }
    let status = status ?? 0
    let signal = status & 0x7F
    return CommandRun(
      ending: signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal),
      standardOutput: written("output"), standardError: written("errors"))
  }

  /// Whether a condition came true before the program ended; `timeout` in seconds.
  package func runs(until isTrue: () -> Bool, timeout: Double = 60) -> Bool {
    let limit = Date().addingTimeInterval(timeout)
    while !isTrue() {
      if hasEnded || Date() >= limit { return false }
      usleep(500)
    }
    return true
  }

  private func ended(blocking: Bool) -> Bool {
    if status != nil { return true }
    var word: Int32 = 0
    var found = waitpid(process, &word, blocking ? 0 : WNOHANG)
    while found < 0 && errno == EINTR { found = waitpid(process, &word, blocking ? 0 : WNOHANG) }
    guard found == process else { return false }
    status = word
    return true
  }

  /// The program lies beside the test runner, as both are built together.
  package static func program() throws -> String {
    let runners = ["/proc/self/exe", CommandLine.arguments.first].compactMap { $0 }
    let beside = runners.map {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent(
        "golden-ideas"
      ).path
    }
    let places = beside + [PackageRoot.path + "/.build/release/golden-ideas"]
    guard let program = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw CommandFault.notBuilt(places)
    }
    return program
  }
}

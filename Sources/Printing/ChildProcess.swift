internal import Foundation

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A converter at work: started, waited for, and ended with all it started itself.
///
/// By posix_spawn, as Foundation's `Process` starts children in its own process group: a browser is a dozen processes,
/// and ending the first leaves the others.
struct ChildProcess {
  /// Seconds.
  let limit: Int
  let isCancelled: @Sendable () -> Bool

  enum Ending: Sendable, Hashable {
    case exited(Int32)
    /// The number of the signal that ended it.
    case killed(Int32)
    case timedOut
    case cancelled
    /// The system's error number.
    case notStarted(Int32)
  }

  /// - Parameter output: file for what it writes to standard output; what it says of its troubles is heard by nobody,
  ///   as it may quote the document.
  func run(
    _ program: String, _ arguments: [String], in folder: String, environment: [String: String], output: String? = nil
  ) -> Ending {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETPGROUP))
    // The shell changes the folder, limits the memory core files take to none and becomes the program.
    let launch = ["/bin/sh", "-c", "cd \"$0\" && ulimit -c 0 && exec \"$@\"", folder, program]
    var words: [UnsafeMutablePointer<CChar>?] = (launch + arguments).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &settings)
    guard result == 0 else { return .notStarted(result) }
    return ending(of: process)
  }

  private func ending(of process: pid_t) -> Ending {
    let deadline = DispatchTime.now() + .seconds(limit)
    var early: Ending?
    while !ChildProcess.hasEnded(process) {
      if early == nil {
        if isCancelled() {
          early = .cancelled
        } else if DispatchTime.now() >= deadline {
          early = .timedOut
        }
        if early != nil { killpg(process, SIGKILL) }
      }
      usleep(5_000)
    }
    // While the first of the group is not yet waited for, its number is nobody else's.
    killpg(process, SIGKILL)
    var word: Int32 = 0
    while waitpid(process, &word, 0) < 0 && errno == EINTR {}
    ChildProcess.waitForGroup(process)
    if let early { return early }
    let signal = word & 0x7F
    return signal == 0 ? .exited(word >> 8 & 0xFF) : .killed(signal)
  }

  /// Whether it has ended, leaving it to be waited for.
  private static func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    let result = waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
    return result == 0 ? info.si_signo != 0 : errno != EINTR
  }

  /// What it started ends a moment later; the folder they use must not go before them.
  private static func waitForGroup(_ group: pid_t) {
    for _ in 0..<200 {
      if killpg(group, 0) != 0 { return }
      usleep(5_000)
    }
  }
}

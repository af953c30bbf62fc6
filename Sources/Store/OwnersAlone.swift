#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The files of a store are their owner's alone, as they hold what people wrote. Programs of before made some that
/// others could read.
enum OwnersAlone {
  private static let endings = ["", "-wal", "-shm", ".keys", ".erased", ".lock"]
  private static let others = mode_t(S_IRWXG | S_IRWXO)

  /// Takes the rights of everybody else away, where whoever opens the store owns its files. What the system refuses
  /// stays as it is: nobody is kept from working by it.
  static func tighten(_ path: String) {
    for ending in endings {
      var facts = stat()
      guard stat(path + ending, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & others != 0 else { continue }
      _ = chmod(path + ending, facts.st_mode & ~others & 0o7777)
    }
  }
}

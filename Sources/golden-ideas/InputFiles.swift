import Foundation
import Intake
import Pipeline

/// Turns the paths of a command line into files with a profile each, before anything is taken in.
struct InputFiles {
  let profiles: [FormProfile]
  /// Profile named by the user; nil detects one per file.
  let chosen: FormProfile?

  struct Found {
    var files: [IntakeFile] = []
    /// Files in folders that no profile could be for, by their ending.
    var passedOver: [String] = []
  }

  enum Fault: Error {
    case missing(String)
    case unreadable(String)
    case unknownFormat(String, [Mismatch])
  }

  private static let endings: Set<String> = ["xml", "json", "jsonl", "ndjson", "txt"]

  func find(_ paths: [String]) throws(Fault) -> Found {
    var found = Found()
    for path in paths {
      if path == "-" {
        found.files.append(try standardInput())
        continue
      }
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing(path) }
      if isFolder.boolValue {
        for file in InputFiles.contents(of: path) {
          if InputFiles.endings.contains((file as NSString).pathExtension.lowercased()) {
            found.files.append(try self.file(file))
          } else {
            found.passedOver.append(file)
          }
        }
      } else {
        found.files.append(try file(path))
      }
    }
    return found
  }

  /// All files below a folder in name order, hidden ones left out.
  private static func contents(of folder: String) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
    var files: [String] = []
    for name in names.sorted() where !name.hasPrefix(".") {
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue { files += contents(of: path) } else { files.append(path) }
    }
    return files
  }

  /// - Parameter name: what it is called, where that is not its path.
  func file(_ path: String, named name: String? = nil) throws(Fault) -> IntakeFile {
    let name = name ?? path
    guard let reader = ByteReader(path: path), let block = reader.next() else { throw .unreadable(name) }
    let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    return IntakeFile(name: name, path: path, profile: try profile(Array(block), name: name), size: size)
  }

  /// Standard input cannot be looked at twice: its profile must be named unless there is one only.
  private func standardInput() throws(Fault) -> IntakeFile {
    guard let chosen else { throw .unknownFormat("-", []) }
    return IntakeFile(name: "-", path: nil, profile: chosen, size: nil)
  }

  private func profile(_ prefix: [UInt8], name: String) throws(Fault) -> FormProfile {
    if let chosen { return chosen }
    switch FormatDetection.detect(prefix: prefix, fileName: name, profiles: profiles) {
    case .match(let profile): return profile
    case .unknown(let closest): throw .unknownFormat(name, closest)
    }
  }
}

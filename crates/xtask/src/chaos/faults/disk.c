/* A disk that can be told to misbehave: loaded before the C library into one process (LD_PRELOAD), it fails or delays
 * that process's writes to files as the kernel would. The first byte of the file that QULAQ_DISK names says how, and can
 * be changed at any time. Made and used by `cargo xtask chaos faults`, in no program that anybody is given. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile char *mood;

__attribute__((constructor)) static void listen_for_orders(void) {
  const char *path = getenv("QULAQ_DISK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = file < 0 ? MAP_FAILED : mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) mood = mapped;
}

static int is_file(int fd) {
  struct stat about;
  return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

/* The error of a write, or 0. */
static int write_fails(int fd) {
  if (!mood || !is_file(fd)) return 0;
  return *mood == 'r' ? EROFS : 0;
}

/* The error of a sync, or 0, after whatever delay there is. */
static int sync_fails(void) {
  if (!mood) return 0;
  if (*mood == 's') usleep(200 * 1000);
  return *mood == 'e' ? EIO : 0;
}

/* Whether a sync says that it is done without doing anything. */
static int lies(void) {
  return mood && *mood == 'l';
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL_IF(failure) do { int error = (failure); if (error) { errno = error; return -1; } } while (0)

ssize_t write(int fd, const void *from, size_t size) {
  FAIL_IF(write_fails(fd));
  return REAL(write)(fd, from, size);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
  FAIL_IF(write_fails(fd));
  return REAL(pwrite)(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) {
  FAIL_IF(write_fails(fd));
  return REAL(pwrite64)(fd, from, size, at);
}

int fsync(int fd) {
  FAIL_IF(sync_fails());
  if (lies()) return 0;
  return REAL(fsync)(fd);
}

int fdatasync(int fd) {
  FAIL_IF(sync_fails());
  if (lies()) return 0;
  return REAL(fdatasync)(fd);
}

// windows_mock.h - the declarations of Windows that tests use
#ifndef COROLINT_TEST_WINDOWS_MOCK_H
#define COROLINT_TEST_WINDOWS_MOCK_H
#pragma GCC system_header

extern "C" {
unsigned long GetLastError(void);
int CloseHandle(void *handle);
}

#endif // COROLINT_TEST_WINDOWS_MOCK_H

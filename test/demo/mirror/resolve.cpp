// resolve.cpp - asks the system's resolver
#include "resolve.h"

#include <arpa/inet.h>
#include <netdb.h>

namespace mirror {

std::string host_of(const std::string& url) {
    auto begin = url.find("://");
    begin = begin == std::string::npos ? 0 : begin + 3;
    return url.substr(begin, url.find('/', begin) - begin);
}

std::string address_of(const std::string& host) {
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), "443", nullptr, &found) != 0) return "";
    char text[INET6_ADDRSTRLEN] = "";
    if (found->ai_family == AF_INET) {
        const auto* address = reinterpret_cast<const sockaddr_in*>(found->ai_addr);
        ::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text);
    } else if (found->ai_family == AF_INET6) {
        const auto* address = reinterpret_cast<const sockaddr_in6*>(found->ai_addr);
        ::inet_ntop(AF_INET6, &address->sin6_addr, text, sizeof text);
    }
    ::freeaddrinfo(found);
    return text;
}

}  // namespace mirror

# What a Debian package of this build holds beside the program, and what CPack says of it
# (toolchain/package builds it: there the dependencies are found out).
install(FILES assets/motograph.conf DESTINATION /etc)
install(FILES toolchain/service/motograph.service DESTINATION lib/systemd/system)
install(FILES toolchain/service/60-motograph.rules DESTINATION lib/udev/rules.d)
install(FILES toolchain/service/motograph.sysusers DESTINATION lib/sysusers.d
  RENAME motograph.conf)
install(FILES toolchain/service/backlight.conf toolchain/service/cec.conf
  DESTINATION share/doc/motograph/examples)
install(DIRECTORY assets/layouts assets/themes DESTINATION share/doc/motograph/examples
  FILES_MATCHING PATTERN *.conf)
# Made by toolchain/package: compressed, with the dates of the commit.
install(DIRECTORY ${CMAKE_BINARY_DIR}/package/ DESTINATION share OPTIONAL)

set(MOTOGRAPH_REVISION 1 CACHE STRING "Revision of the package: 1+deb12 for example")
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME motograph)
set(CPACK_PACKAGE_CONTACT "The Motograph authors <motograph@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "headline ticker that needs nobody")
set(CPACK_PACKAGE_DESCRIPTION
"Motograph turns a board and any screen into a headline ticker: it starts with
the board, without a desktop and without a login, and shows headlines of any
source (RSS, Atom, JSON Feed, CAP alerts, web pages, files) in any script.
.
It is a service of its own user that waits for its screen, goes on without a
network, and is restarted when the picture stands still. Its sources are named
in /etc/motograph.conf.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${MOTOGRAPH_REVISION})
set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${CROSS_ARCH}) # empty: this machine's
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
# What the program finds for itself: SDL opens the drivers at run time.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, libegl1, libgbm1, libgl1-mesa-dri, libgles2, \
systemd | systemd-sysusers")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-noto-color-emoji, fonts-noto-core")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS fonts-noto-cjk)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "")
foreach(script conffiles postinst prerm postrm)
  list(APPEND CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_SOURCE_DIR}/toolchain/debian/${script})
endforeach()
include(CPack)

; Setup of P2KP Desktop: for one user, without an administrator. Called by nsis.py, which defines OUT, FILES, VERSION,
; ICON, KILOBYTES and, with a certificate, SIGN. The stub has 32 bits, so that 32-bit Windows can say in words why it is not enough.
Unicode true
!ifdef STUB
Target ${STUB}
!endif
ManifestSupportedOS Win10
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 128
SetDateSave on
!include MUI2.nsh
!include WinVer.nsh
!include x64.nsh
!include LogicLib.nsh
!include identity.nsh

!define OLDEST_BUILD 17763 ; Windows 10 1809, the oldest that Qt 6.9 runs on
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\P2KP Desktop"
!define WORKSPACES "P2KP.RuangKerja"
!define SEALED "P2KP.PaketTersegel"
!define IDENTITY "P2KP.Desktop" ; of the program in the task bar, as p2kp_desktop/screen.py says it
!define START '"$INSTDIR\program\python\pythonw.exe" -m p2kp_desktop'

Name "P2KP Desktop"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\P2KP Desktop"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "P2KP Desktop ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "P2KP Desktop"
VIAddVersionKey /LANG=0 "FileDescription" "P2KP Desktop ${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\program\python\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m p2kp_desktop"
!define MUI_FINISHPAGE_RUN_TEXT "$(OPEN_NOW)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAY)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "Indonesian" ; the first is for every system that speaks neither
!insertmacro MUI_LANGUAGE "English"
!ifdef SIGN ; the uninstaller is signed before it goes into the setup
!uninstfinalize `${SIGN}` = 0
!endif

!macro Say NAME INDONESIAN ENGLISH
LangString ${NAME} ${LANG_INDONESIAN} "${INDONESIAN}"
LangString ${NAME} ${LANG_ENGLISH} "${ENGLISH}"
!macroend
!insertmacro Say OPEN_NOW "Buka P2KP Desktop sekarang" "Open P2KP Desktop now"
!insertmacro Say PURPOSE "Pendataan 100-0-100, tanpa jaringan" "100-0-100 survey, without a network"
!insertmacro Say WORKSPACE "Ruang kerja P2KP" "P2KP workspace"
!insertmacro Say SEALED_BUNDLE "Paket P2KP tersegel" "Sealed P2KP bundle"
!insertmacro Say BITS_32 "Laptop ini memakai Windows 32-bit. P2KP Desktop memerlukan Windows 10 64-bit. Tidak ada yang diubah." \
    "This laptop runs 32-bit Windows. P2KP Desktop needs 64-bit Windows 10. Nothing was changed."
!insertmacro Say TOO_OLD "Windows ini terlalu lama. P2KP Desktop memerlukan Windows 10 versi 1809 (build ${OLDEST_BUILD}) atau lebih baru. Tidak ada yang diubah." \
    "This Windows is too old. P2KP Desktop needs Windows 10 version 1809 (build ${OLDEST_BUILD}) or newer. Nothing was changed."
!insertmacro Say STILL_OPEN "P2KP Desktop masih terbuka. Tutup dulu, lalu tekan Coba Lagi. Tidak ada yang diubah." \
    "P2KP Desktop is still open. Close it, then press Retry. Nothing was changed."
!insertmacro Say NOT_WRITTEN "Berkas program tidak dapat ditulis lengkap. Program yang lama tetap terpasang; data Anda tidak disentuh. Periksa sisa ruang disk, lalu jalankan lagi." \
    "The program's files could not be written completely. The old program stays; your data were not touched. Check the free space of the disk, then run this again."
!insertmacro Say DATA_STAY "P2KP Desktop akan dicopot. Data Anda TIDAK dihapus: ruang kerja di $DOCUMENTS\P2KP (atau tempat Anda menyimpannya), cadangan dan pengaturan di $LOCALAPPDATA\P2KP Desktop." \
    "P2KP Desktop will be removed. Your data are NOT deleted: workspaces in $DOCUMENTS\P2KP (or where you keep them), backups and settings in $LOCALAPPDATA\P2KP Desktop."
!insertmacro Say DATA_KEPT "P2KP Desktop sudah dicopot. Data Anda masih ada: ruang kerja di $DOCUMENTS\P2KP (atau tempat Anda menyimpannya), cadangan dan pengaturan di $LOCALAPPDATA\P2KP Desktop." \
    "P2KP Desktop was removed. Your data are still there: workspaces in $DOCUMENTS\P2KP (or where you keep them), backups and settings in $LOCALAPPDATA\P2KP Desktop."

; A double click opens a workspace, and shows a sealed bundle where bundles are received. Workbooks stay Excel's.
!macro TypeOfFile ENDING WORD NAME
  WriteRegStr HKCU "Software\Classes\${ENDING}" "" "${WORD}"
  WriteRegStr HKCU "Software\Classes\${WORD}" "" "${NAME}"
  WriteRegStr HKCU "Software\Classes\${WORD}" "AppUserModelID" "${IDENTITY}"
  WriteRegStr HKCU "Software\Classes\${WORD}\DefaultIcon" "" "$INSTDIR\program\p2kp.ico"
  WriteRegStr HKCU "Software\Classes\${WORD}\shell" "" "open"
  WriteRegStr HKCU "Software\Classes\${WORD}\shell\open\command" "" '${START} "%1"'
!macroend
!macro NoTypeOfFile ENDING WORD
  DeleteRegKey HKCU "Software\Classes\${WORD}"
  ReadRegStr $0 HKCU "Software\Classes\${ENDING}" ""
  StrCmp $0 "${WORD}" 0 +2
  DeleteRegKey HKCU "Software\Classes\${ENDING}"
!macroend

; A program that runs keeps its libraries: they cannot be opened for writing, and their folder cannot be renamed.
!macro MustBeClosed un
Function ${un}MustBeClosed
  again:
  IfFileExists "$INSTDIR\program\python\python313.dll" 0 done
  ClearErrors
  FileOpen $0 "$INSTDIR\program\python\python313.dll" a
  IfErrors 0 free
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 5
  Abort
  free:
  FileClose $0
  done:
FunctionEnd
!macroend
!insertmacro MustBeClosed ""
!insertmacro MustBeClosed "un."

Function .onInit
  ${IfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "$(BITS_32)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
    SetErrorLevel 3
    Abort
  ${EndIf}
FunctionEnd

Section "P2KP Desktop"
  SetShellVarContext current
  ; Power may have gone between the two renames below: what was renamed aside comes back first.
  IfFileExists "$INSTDIR\program\*.*" +2 0
  Rename "$INSTDIR\program.old" "$INSTDIR\program"
  Call MustBeClosed
  RMDir /r "$INSTDIR\program.old"
  RMDir /r "$INSTDIR\program.new"
  ; Everything is written beside the program that is there, which stays whole until all of it is.
  SetOverwrite try
  ClearErrors
  !include "${FILES}"
  SetOutPath "$INSTDIR" ; no folder may be in use when it is renamed
  IfErrors not_written 0
  swap:
  IfFileExists "$INSTDIR\program\*.*" 0 first
  ClearErrors
  Rename "$INSTDIR\program" "$INSTDIR\program.old"
  IfErrors 0 first
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(STILL_OPEN)" /SD IDCANCEL IDRETRY swap
  RMDir /r "$INSTDIR\program.new"
  SetErrorLevel 5
  Abort
  first:
  ClearErrors
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  IfErrors 0 swapped
  Rename "$INSTDIR\program.old" "$INSTDIR\program"
  not_written:
  RMDir /r "$INSTDIR\program.new"
  MessageBox MB_OK|MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
  SetErrorLevel 6
  Abort
  swapped:
  RMDir /r "$INSTDIR\program.old"
  WriteUninstaller "$INSTDIR\Copot P2KP Desktop.exe"
  CreateShortcut "$SMPROGRAMS\P2KP Desktop.lnk" "$INSTDIR\program\python\pythonw.exe" "-m p2kp_desktop" \
    "$INSTDIR\program\p2kp.ico" 0 SW_SHOWNORMAL "" "$(PURPOSE)"
  CreateShortcut "$DESKTOP\P2KP Desktop.lnk" "$INSTDIR\program\python\pythonw.exe" "-m p2kp_desktop" \
    "$INSTDIR\program\p2kp.ico" 0 SW_SHOWNORMAL "" "$(PURPOSE)"
  !insertmacro Identify "$SMPROGRAMS\P2KP Desktop.lnk" "${IDENTITY}"
  !insertmacro Identify "$DESKTOP\P2KP Desktop.lnk" "${IDENTITY}"
  !insertmacro TypeOfFile ".p2kp" "${WORKSPACES}" "$(WORKSPACE)"
  !insertmacro TypeOfFile ".segel" "${SEALED}" "$(SEALED_BUNDLE)"
  WriteRegStr HKCU "${KEY}" "DisplayName" "P2KP Desktop"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "P2KP Desktop"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\program\p2kp.ico"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\Copot P2KP Desktop.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\Copot P2KP Desktop.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${KILOBYTES}
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  SetShellVarContext current
  Call un.MustBeClosed
  ; Only the program's own folders go. Workspaces, backups and settings lie elsewhere, and nothing there is touched.
  RMDir /r "$INSTDIR\program"
  RMDir /r "$INSTDIR\program.old"
  RMDir /r "$INSTDIR\program.new"
  Delete "$INSTDIR\Copot P2KP Desktop.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\P2KP Desktop.lnk"
  Delete "$DESKTOP\P2KP Desktop.lnk"
  !insertmacro NoTypeOfFile ".p2kp" "${WORKSPACES}"
  !insertmacro NoTypeOfFile ".segel" "${SEALED}"
  DeleteRegKey HKCU "${KEY}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  MessageBox MB_OK|MB_ICONINFORMATION "$(DATA_KEPT)" /SD IDOK
SectionEnd
